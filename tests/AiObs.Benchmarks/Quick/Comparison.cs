namespace AiObs.Benchmarks.Quick;

/// <summary>What we add to a workload, what it is compared with, and what it may take.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Subject">What is measured.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="MaxRatio">The ceiling in units; <see langword="null"/> where there is none.</param>
/// <param name="MaxBytes">The ceiling in bytes; <see langword="null"/> where there is none.</param>
internal sealed record Comparison(string Name, Difference Subject, Difference Unit, double? MaxRatio, long? MaxBytes) : IDisposable
{
    /// <summary>Gets a value indicating whether what the inner client returns must be handed out as it is.</summary>
    public bool MustPassThrough { get; init; }

    /// <summary>Gets the ceiling that the row is to come to; <see langword="null"/> where it is there.</summary>
    public double? Goal { get; init; }

    public void Dispose()
    {
        Subject.Dispose();
        Unit.Dispose();
    }
}
