using System.Text.Json;
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
    /// <param name="message">The message.</param>
    /// <param name="options">How contents are written that are not of Microsoft.Extensions.AI; by default as <see cref="AIJsonUtilities.DefaultOptions"/> say.</param>
    /// <returns>The content, with a salt of its own.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is <see langword="null"/>.</exception>
    public static MessageContent Of(ChatMessage message, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(Conversations.MessageJson.Write(message, options), Convert.ToBase64String(Store.Events.ContentCommitment.NewSalt()));
    }

    /// <summary>Reads the message.</summary>
    /// <param name="options">How contents are read that are not of Microsoft.Extensions.AI; by default as <see cref="AIJsonUtilities.DefaultOptions"/> say.</param>
    /// <returns>A message that nobody else holds. What cannot be read stays in it as it was written, and is written so again.</returns>
    public ChatMessage ToMessage(JsonSerializerOptions? options = null) => Conversations.MessageJson.Read(Json, options);

    /// <inheritdoc/>
    public override string ToString() => $"{Json.Length} characters";
}
