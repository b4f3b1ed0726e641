using AiObs.Conversations.Memory.Tokens;
using Microsoft.Extensions.AI;

namespace AiObs.Memory;

/// <summary>Counts the tokens of messages, for instance with the tokenizer of a model.</summary>
public interface ITokenCounter
{
    /// <summary>Gets the counter that is used where no other is given: an estimate, which knows no model and is never exact.</summary>
    /// <remarks>
    /// Expect it to be off by up to a quarter for prose in Latin script or in Chinese, Japanese and Korean, by up to a half for other scripts, for code and for JSON.
    /// An image, a file or sound counts as 1,000 tokens.
    /// </remarks>
    static ITokenCounter Estimate { get; } = new EstimatedTokens();

    /// <summary>Counts the tokens of a message as it is sent, with what stands around it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="model">The model; <see langword="null"/> where that is not known.</param>
    /// <returns>How many tokens it takes, 0 or more.</returns>
    int Count(ChatMessage message, string? model);

    /// <summary>Says whether the count is that of the model itself. Counts that are not are corrected by what the provider reported for earlier answers.</summary>
    /// <param name="model">The model; <see langword="null"/> where that is not known.</param>
    /// <returns><see langword="true"/> where it is the model's own count.</returns>
    bool IsExact(string? model);
}
