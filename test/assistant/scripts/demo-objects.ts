import type Docker from 'dockerode';

/** Everything on the engine that a script may have made: by its name, or by the label of its images. */
export async function demoObjects(docker: Docker): Promise<string[]> {
  const byLabel = JSON.stringify({ label: ['dockproof.script'] });
  const [containers, images, volumes, networks] = await Promise.all([
    docker.listContainers({ all: true, filters: { name: ['^/?demo-'] } }),
    docker.listImages({ all: true, filters: byLabel }),
    docker.listVolumes({ filters: { name: ['^demo-'] } }),
    docker.listNetworks({ filters: { name: ['^demo-'] } }),
  ]);
  return [
    ...containers.map((item) => `container ${item.Id}`),
    ...images.map((item) => `image ${item.Id}`),
    ...(volumes.Volumes ?? []).map((item) => `volume ${item.Name}`),
    ...networks.map((item) => `network ${item.Id}`),
  ];
}
