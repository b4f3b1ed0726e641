using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Leaves out of a stored message what no model takes.</summary>
internal static class SendableContent
{
    /// <summary>Reads a message: of one that broke off only the text, as providers refuse half of a call or of a reasoning; and nothing that this version cannot read.</summary>
    /// <returns>A message that nobody else holds; one without contents where nothing is left.</returns>
    public static ChatMessage Of(StoredMessage stored)
    {
        var message = stored.ToMessage();
        message.MessageId ??= stored.Id;
        var isPartial = stored.Status == MessageStatus.Partial;
        for (var index = message.Contents.Count - 1; index >= 0; index--)
        {
            var content = message.Contents[index];
            if (isPartial ? content is not TextContent { Text.Length: > 0 } : content is UnknownContent || content.GetType() == typeof(AIContent))
            {
                message.Contents.RemoveAt(index);
            }
        }

        return message;
    }
}
