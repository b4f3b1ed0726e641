namespace FakeModelServer.Protocols;

/// <summary>Says what providers refuse in a conversation: a tool result without its call before it, and a call whose results do not follow at once.</summary>
internal static class ToolCallRules
{
    /// <summary>Finds what is wrong with the tool calls of a request; null where nothing is.</summary>
    public static string? FindFault(ModelRequest request)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in request.Messages)
        {
            foreach (var result in message.ToolResults)
            {
                if (!open.Remove(result.CallId))
                {
                    return $"The tool result of call '{result.CallId}' does not follow a message with that call.";
                }
            }

            if (open.Count > 0 && message.ToolResults.Count == 0 && message.ToolCalls.Count == 0)
            {
                return Missing(open);
            }

            open.UnionWith(message.ToolCalls.Select(call => call.Id).OfType<string>());
        }

        return open.Count > 0 ? Missing(open) : null;
    }

    private static string Missing(HashSet<string> open) => $"The tool calls {string.Join(", ", open)} are not followed by their results.";
}
