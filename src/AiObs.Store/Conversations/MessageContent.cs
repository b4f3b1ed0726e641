using System.Text.Json;
using AiObs.Store.Conversations.Contents;
using Microsoft.Extensions.AI;

namespace AiObs.Store;

/// <summary>What was said in a message: JSON text, which is stored as it stands, and the random bytes that its commitment is made with.</summary>
/// <param name="Json">The message as JSON.</param>
/// <param name="Salt">Base64 of 32 random bytes.</param>
public sealed record MessageContent(string Json, string Salt)
{
    /// <summary>Gets the salted SHA-256 of the text, in lower-case hexadecimal digits. Once text and salt are gone, it tells nothing of them.</summary>
    public string Commitment => Convert.ToHexStringLower(Store.Events.ContentCommitment.Of(Json, Convert.FromBase64String(Salt)));

    /// <summary>Writes a message as it is stored.</summary>
    /// <remarks>
    /// A content of a type that is not known to <paramref name="options"/> becomes the nearest kind that is, with the name of its type, and a value that cannot be
    /// written is left out. The raw representation is not stored; nor is the exception of a tool result, but for its message where there is no result.
    /// </remarks>
    /// <param name="message">The message.</param>
    /// <param name="options">How contents are written that are not of Microsoft.Extensions.AI, which <c>AddAIContentType</c> tells; by default as <see cref="AIJsonUtilities.DefaultOptions"/> say.</param>
    /// <returns>The content, with a salt of its own.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is <see langword="null"/>.</exception>
    public static MessageContent Of(ChatMessage message, JsonSerializerOptions? options = null) => Of(message, options, out _);

    /// <summary>Reads the message.</summary>
    /// <param name="options">How contents are read that are not of Microsoft.Extensions.AI; by default as <see cref="AIJsonUtilities.DefaultOptions"/> say.</param>
    /// <returns>A message that nobody else holds. A content that cannot be read is an <see cref="UnknownContent"/> in it.</returns>
    /// <exception cref="JsonException">The text is no message at all.</exception>
    public ChatMessage ToMessage(JsonSerializerOptions? options = null) => ChatMessageJson.Read(Json, options);

    /// <inheritdoc/>
    public override string ToString() => $"{Json.Length} characters";

    /// <summary>Writes a message as it is stored, and tells how many contents and values were lost, wholly or in part.</summary>
    internal static MessageContent Of(ChatMessage message, JsonSerializerOptions? options, out int lostCount)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(ChatMessageJson.Write(message, options, out lostCount), Convert.ToBase64String(Store.Events.ContentCommitment.NewSalt()));
    }
}
