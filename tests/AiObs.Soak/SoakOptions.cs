namespace AiObs.Soak;

/// <summary>Says how to soak.</summary>
/// <param name="Duration">How long the load runs.</param>
/// <param name="Seed">What the load follows from.</param>
/// <param name="Report">The file to write the report to, besides the screen; null for none.</param>
internal sealed record SoakOptions(TimeSpan Duration, int Seed, string? Report)
{
    public const int DefaultSeconds = 600;

    public const int DefaultSeed = 20_260;
}
