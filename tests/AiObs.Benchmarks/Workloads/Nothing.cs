namespace AiObs.Benchmarks.Workloads;

/// <summary>What a span is compared with that nothing else runs beside.</summary>
public sealed class Nothing : Workload
{
    /// <inheritdoc/>
    public override void Run()
    {
    }
}
