using AiObs.Cost.Usage;
using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory.Tokens;

/// <summary>Estimates as budgets do, with a flat number for what is no text.</summary>
internal sealed class EstimatedTokens : ITokenCounter
{
    /// <summary>What an image takes, about; a file or sound may take more.</summary>
    private const int TokensOfMedia = 1_000;

    /// <summary>The characters that a stored message has around its text, about.</summary>
    private const int CharactersAround = 60;

    /// <summary>What roles and separators take around a message, as <see cref="TokenEstimator"/> has it.</summary>
    private const int TokensAround = 4;

    public int Count(ChatMessage message, string? model)
    {
        var tokens = TokenEstimator.EstimateInput([message], options: null).Tokens;
        foreach (var content in message.Contents)
        {
            tokens += content switch
            {
                DataContent or UriContent or HostedFileContent => TokensOfMedia,
                FunctionResultContent { Result: { } result } when !IsMeasured(result) => TokenEstimator.Estimate(result.ToString()),
                _ => 0,
            };
        }

        return (int)Math.Min(tokens, int.MaxValue);
    }

    public bool IsExact(string? model) => false;

    /// <summary>Estimates a stored message that nobody has read: less close, above all with tool calls and media, and a fraction of the work.</summary>
    public static int CountUnread(string json) =>
        TokensAround + (int)Math.Min(TokenEstimator.Estimate(json.AsSpan(Math.Min(CharactersAround, json.Length))), int.MaxValue - TokensAround);

    /// <summary>Says whether the measure of a message has counted a result; it leaves out objects, which are written as JSON only when they are sent.</summary>
    private static bool IsMeasured(object result) => result is string or System.Text.Json.JsonElement or ISpanFormattable or bool;
}
