namespace AiObs.Libraries.Tests.Canaries;

/// <summary>The cases of canary runs.</summary>
public static class CanaryModes
{
    public static TheoryData<CanaryMode> All { get; } = [.. Enum.GetValues<CanaryMode>()];
}
