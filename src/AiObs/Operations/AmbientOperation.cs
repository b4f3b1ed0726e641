namespace AiObs.Operations;

/// <summary>The operation that the current flow of execution is inside of.</summary>
internal static class AmbientOperation
{
    private static readonly AsyncLocal<AgentOperation?> Ambient = new();

    public static AgentOperation? Current => Ambient.Value;

    /// <summary>Makes an operation the current one of this flow; the caller sees to it that the flow ends or is put back.</summary>
    public static void Enter(AgentOperation? operation) => Ambient.Value = operation;
}
