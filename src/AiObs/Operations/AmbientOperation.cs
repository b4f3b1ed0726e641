namespace AiObs.Operations;

/// <summary>The operation that the current flow of execution is inside of.</summary>
internal static class AmbientOperation
{
    private static readonly AsyncLocal<AgentOperation?> Ambient = new();

    public static AgentOperation? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }
}
