using AiObs.Benchmarks.Workloads;

namespace AiObs.Benchmarks.Quick;

/// <summary>A workload, what it is compared with, and what it may take.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Subject">What is measured.</param>
/// <param name="Raw">What the same takes without us, and is subtracted; <see langword="null"/> where nothing is.</param>
/// <param name="MaxRatio">The ceiling in bare activities.</param>
/// <param name="MaxBytes">The ceiling in bytes; <see langword="null"/> where there is none.</param>
internal sealed record Comparison(string Name, Workload Subject, Workload? Raw, double MaxRatio, long? MaxBytes) : IDisposable
{
    public void Dispose()
    {
        Subject.Dispose();
        Raw?.Dispose();
    }
}
