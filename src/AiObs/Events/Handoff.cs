using AiObs.Operations;

namespace AiObs.Events;

/// <summary>One agent hands the work to another one.</summary>
internal static class Handoff
{
    /// <summary>How Agent Framework, and the frameworks that came before it, name the tools by which a model hands the work on.</summary>
    private static readonly string[] Prefixes = ["handoff_to_", "transfer_to_"];

    /// <summary>Returns the agent that a tool hands the work to, as its name has it; <see langword="null"/> for all other tools.</summary>
    /// <param name="tool">The tool; a plugin that it belongs to may stand before a hyphen.</param>
    public static string? TargetOf(string tool)
    {
        foreach (var prefix in Prefixes)
        {
            if (tool.StartsWith(prefix, StringComparison.Ordinal) || tool.Contains('-' + prefix, StringComparison.Ordinal))
            {
                return tool[(tool.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length)..] is { Length: > 0 } target ? target : null;
            }
        }

        return null;
    }

    /// <summary>Says that the work was handed on.</summary>
    /// <param name="from">The agent that had it; <see langword="null"/> where that is not known.</param>
    /// <param name="to">The agent that has it now.</param>
    /// <param name="within">The operation that it happened in; <see langword="null"/> outside of all.</param>
    /// <param name="context">For whom it is.</param>
    public static Notice Say(string? from, string to, AgentOperation? within, OperationContext context)
    {
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal) { [EventDataKeys.To] = to };
        if (from is not null)
        {
            facts.Add(EventDataKeys.From, from);
        }

        return new Notice(AgentEventTypes.AgentHandoff, facts) { Context = context, Operation = within };
    }
}
