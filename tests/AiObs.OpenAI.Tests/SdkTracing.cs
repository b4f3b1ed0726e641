namespace AiObs.OpenAI.Tests;

/// <summary>Tests that change what the SDK does in the whole process.</summary>
[CollectionDefinition(nameof(SdkTracing), DisableParallelization = true)]
public sealed class SdkTracing
{
    public const string Switch = "OpenAI.Experimental.EnableOpenTelemetry";
}
