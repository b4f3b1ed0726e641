namespace AiObs.Benchmarks.Workloads;

/// <summary>Something that is run again and again on one thread.</summary>
public abstract class Workload : IDisposable
{
    /// <summary>Runs it once; it must have ended when this returns.</summary>
    public abstract void Run();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the workload holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
