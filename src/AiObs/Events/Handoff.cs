using AiObs.Operations;

namespace AiObs.Events;

/// <summary>One agent hands the work to another one.</summary>
internal static class Handoff
{
    /// <summary>How Agent Framework, and the frameworks that came before it, name the tools by which a model hands the work on.</summary>
    private static readonly string[] Prefixes = ["handoff_to_", "transfer_to_"];

    /// <summary>Says that a model handed the work on; <see langword="null"/> where the tool that it called does something else.</summary>
    /// <param name="tool">The tool; a plugin that it belongs to may stand before a hyphen.</param>
    /// <param name="from">The agent that had it; <see langword="null"/> where that is not known.</param>
    /// <param name="within">The call of the model.</param>
    public static Notice? Read(string tool, string? from, AgentOperation within)
    {
        if (TargetOf(tool) is not { } target)
        {
            return null;
        }

        // Agent Framework numbers the agents that one may hand on to, and tells only itself which is which.
        return target.All(char.IsAsciiDigit)
            ? Say(from, KeyValuePair.Create<string, object?>(EventDataKeys.Tool, tool), within, within.Context)
            : Say(from, target, within, within.Context);
    }

    private static string? TargetOf(string tool)
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
    public static Notice Say(string? from, string to, AgentOperation? within, OperationContext context) =>
        Say(from, new KeyValuePair<string, object?>(EventDataKeys.To, to), within, context);

    private static Notice Say(string? from, KeyValuePair<string, object?> to, AgentOperation? within, OperationContext context)
    {
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal) { [to.Key] = to.Value };
        if (from is not null)
        {
            facts.Add(EventDataKeys.From, from);
        }

        return new Notice(AgentEventTypes.AgentHandoff, facts) { Context = context, Operation = within };
    }
}
