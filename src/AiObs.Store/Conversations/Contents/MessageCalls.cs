using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations.Contents;

/// <summary>Tells what of a message belongs together with what of others.</summary>
internal static class MessageCalls
{
    /// <summary>Returns the ids of the tool calls that a message makes or answers, and of the approvals that it asks for or gives, none twice.</summary>
    public static IReadOnlyList<string> IdsOf(ChatMessage message) =>
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
