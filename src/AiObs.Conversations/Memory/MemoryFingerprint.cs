using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Names messages by their ids, or by what they say where they have none.</summary>
internal static class MemoryFingerprint
{
    /// <summary>Returns the SHA-256 over what a model is shown, in order, in lower-case hexadecimal digits.</summary>
    public static string Of(IEnumerable<SentMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (message, item, isOriginal) in messages)
        {
            Add(hash, isOriginal && item?.Id is { } id ? id : KeyOf(message));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Returns what tells a message of the input from others: its id, and what it says.</summary>
    public static string KeyOf(MemoryItem item) =>
        item.Stored is { } stored ? $"{stored.Id}\n{stored.Commitment ?? stored.Content!.Commitment}" : KeyOf(item.Message);

    /// <summary>Adds a text with its length, so that no two lists of texts are alike.</summary>
    public static void Add(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private static string KeyOf(ChatMessage message)
    {
        var key = new StringBuilder(message.MessageId).Append('\n').Append(message.Role.Value);
        foreach (var content in message.Contents)
        {
            key.Append('\n').Append(content.GetType().Name).Append(' ').Append(TextOf(content));
        }

        return key.ToString();
    }

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => $"{call.CallId} {call.Name} {string.Join(' ', call.Arguments?.Select(static argument => $"{argument.Key}={argument.Value}") ?? [])}",
        FunctionResultContent result => $"{result.CallId} {result.Result}",
        DataContent data => data.Uri,
        UriContent uri => uri.Uri.OriginalString,
        _ => string.Join(' ', ToolPairs.IdsOf(new(ChatRole.User, [content]))),
    };
}
