using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>A workload, what it is compared with, and what it may take.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Subject">What is measured.</param>
/// <param name="Raw">What the same takes without us, and is subtracted.</param>
/// <param name="MaxRatio">The ceiling in bare activities; <see langword="null"/> where there is none.</param>
/// <param name="MaxBytes">The ceiling in bytes; <see langword="null"/> where there is none.</param>
internal sealed record Comparison(string Name, Workload Subject, Workload Raw, double? MaxRatio, long? MaxBytes) : IDisposable
{
    /// <summary>Gets a value indicating whether what the inner client returns must be handed out as it is.</summary>
    public bool MustPassThrough { get; init; }

    public void Dispose()
    {
        Subject.Dispose();
        Raw.Dispose();
    }
}
