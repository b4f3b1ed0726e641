using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations;

/// <summary>Finds the ids that tie messages to each other.</summary>
internal static class CallIds
{
    /// <summary>Returns the ids of the tool calls that a message makes or answers, and of the approvals that it asks for or gives, none twice.</summary>
    public static IReadOnlyList<string> Of(ChatMessage message) => [.. message.Contents.Select(IdOf).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static string? IdOf(AIContent content) => content switch
    {
        FunctionCallContent call => call.CallId,
        FunctionResultContent result => result.CallId,
        _ => null,
    };
}
