namespace AiObs.OpenTelemetry.Tests.Bridge;

/// <summary>Tests that use sources under the names of other libraries: every provider in the process hears of those, so nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KnownSources
{
    public const string Name = "Sources of other libraries";
}
