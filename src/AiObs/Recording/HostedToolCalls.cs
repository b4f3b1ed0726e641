using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Counts the calls of tools that the provider runs itself, as an answer shows them.</summary>
/// <remarks>A stream shows a call several times, and its result beside it: what has the same id is one call.</remarks>
internal sealed class HostedToolCalls
{
    private const int MostCalls = 4_096;

    private readonly Dictionary<string, Tool> _calls = new(StringComparer.Ordinal);
    private long _unclear;

    private enum Tool
    {
        Other,

        /// <summary>A search of the web that names no query may only have opened a page, which costs nothing.</summary>
        MaybeSearch,
        WebSearch,
        CodeInterpreter,
        ImageGeneration,
    }

    public long WebSearches => CountOf(Tool.WebSearch);

    public long MaybeSearches => CountOf(Tool.MaybeSearch);

    public long CodeExecutions => CountOf(Tool.CodeInterpreter);

    public long ImageGenerations => CountOf(Tool.ImageGeneration);

    /// <summary>Gets the calls of which nobody can say what they cost: of tools without a class of their own, such as searches of files, and those without an id.</summary>
    public long Others => CountOf(Tool.Other) + _unclear;

    /// <summary>Counts the calls of a whole answer; <see langword="null"/> where it shows none.</summary>
    public static HostedToolCalls? In(IList<ChatMessage> messages)
    {
        HostedToolCalls? calls = null;
        for (var i = 0; i < messages.Count; i++)
        {
            var contents = messages[i].Contents;
            for (var j = 0; j < contents.Count; j++)
            {
                Add(ref calls, contents[j]);
            }
        }

        return calls;
    }

    /// <summary>Adds a content item, where it is a call of such a tool or the result of one. Servers of MCP and the application's own functions cost nothing but tokens.</summary>
    /// <param name="calls">What was counted so far; made with the first call.</param>
    /// <param name="content">The item.</param>
    public static void Add(ref HostedToolCalls? calls, AIContent content)
    {
        switch (content)
        {
            case FunctionCallContent or FunctionResultContent or McpServerToolCallContent or McpServerToolResultContent:
                break;
            case ToolCallContent call:
                (calls ??= new()).Add(call.CallId, ToolOf(call));
                break;
            case ToolResultContent result:
                (calls ??= new()).Add(result.CallId, ToolOf(result));
                break;
        }
    }

    private static Tool ToolOf(AIContent content) => content switch
    {
        WebSearchToolCallContent { Queries.Count: > 0 } => Tool.WebSearch,
        WebSearchToolCallContent or WebSearchToolResultContent => Tool.MaybeSearch,
        CodeInterpreterToolCallContent or CodeInterpreterToolResultContent => Tool.CodeInterpreter,
        ImageGenerationToolCallContent or ImageGenerationToolResultContent => Tool.ImageGeneration,
        _ => Tool.Other,
    };

    private void Add(string? id, Tool tool)
    {
        if (string.IsNullOrEmpty(id) || (_calls.Count >= MostCalls && !_calls.ContainsKey(id)))
        {
            _unclear++;
        }
        else if (!_calls.TryGetValue(id, out var known) || tool > known)
        {
            _calls[id] = tool;
        }
    }

    private long CountOf(Tool tool)
    {
        var count = 0L;
        foreach (var known in _calls.Values)
        {
            count += known == tool ? 1 : 0;
        }

        return count;
    }
}
