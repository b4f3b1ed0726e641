using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>What observing adds to a workload.</summary>
/// <param name="With">The workload, observed.</param>
/// <param name="Without">The same, and not observed.</param>
internal sealed record Difference(Workload With, Workload Without) : IDisposable
{
    public void Dispose()
    {
        With.Dispose();
        Without.Dispose();
    }
}
