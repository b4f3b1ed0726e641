using AiObs.Pipeline;

namespace AiObs.Hosting;

/// <summary>Something that belongs to a root, works with what the root has, and begins with it; the container ends it.</summary>
internal abstract class RootPart
{
    public abstract void Start(ObservabilityCore core);
}
