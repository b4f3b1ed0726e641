namespace AiObs.Benchmarks.Workloads;

/// <summary>Something that is run again and again on one thread.</summary>
public abstract class Workload : IDisposable
{
    /// <summary>Gets a value indicating whether what the inner client returns is handed out as it is.</summary>
    public virtual bool PassesThrough => false;

    /// <summary>Runs it once; it must have ended when this returns.</summary>
    public abstract void Run();

    /// <summary>Waits for what it left to others, before anything else is measured.</summary>
    public virtual void Settle()
    {
    }

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
