namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>Tags the model calls that policies make, so that their costs can be told from those of the conversation.</summary>
internal static class PolicyCall
{
    private const string Purpose = "aiobs.purpose=guardrail";

    public static IDisposable Begin() => AgentContext.Begin(tags: [.. AgentContext.Current?.Tags ?? [], Purpose]);
}
