using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations;

/// <summary>Reads the ids by which messages belong together.</summary>
internal static class CallIdReader
{
    /// <summary>Returns the ids of the tool calls that a message makes or answers, and of the approvals that it asks for or gives, none twice.</summary>
    public static IReadOnlyList<string> Of(ChatMessage message) =>
        [.. message.Contents.SelectMany(IdsOf).Where(static id => !string.IsNullOrEmpty(id)).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> IdsOf(AIContent content) => content switch
    {
        ToolCallContent call => [call.CallId],
        ToolResultContent result => [result.CallId],
        ToolApprovalRequestContent approval => [approval.RequestId, .. IdsOf(approval.ToolCall)],
        ToolApprovalResponseContent approval => [approval.RequestId, .. IdsOf(approval.ToolCall)],
        InputRequestContent request => [request.RequestId],
        InputResponseContent response => [response.RequestId],
        UnknownContent unknown => unknown.CallIds,
        _ => [],
    };
}
