using System.Text.Json;

namespace AiObs.Conversations.Guardrails.Policies;

/// <summary>What a judge answers.</summary>
/// <param name="Score">From 0, certainly no, to 1, certainly yes.</param>
/// <param name="Reason">Why, where it was asked for and given.</param>
internal sealed record JudgeAnswer(double Score, string? Reason)
{
    private const int LongestReason = 200;

    /// <summary>Reads an answer: JSON, or text with one JSON object in it, as models write that know no structured output.</summary>
    /// <exception cref="InvalidOperationException">It has no score between 0 and 1.</exception>
    public static JudgeAnswer Read(string text, bool hasReason)
    {
        try
        {
            var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
            if (start >= 0 && end > start)
            {
                using var document = JsonDocument.Parse(text.AsMemory(start, end - start + 1));
                if (document.RootElement.TryGetProperty("score", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var score) && score is >= 0 and <= 1)
                {
                    return new(score, hasReason ? ReasonIn(document.RootElement) : null);
                }
            }
        }
        catch (JsonException)
        {
            // The answer may quote what was said, and so may the exception.
        }

        throw new InvalidOperationException("The judge did not answer with a score between 0 and 1.");
    }

    private static string? ReasonIn(JsonElement answer)
    {
        var reason = answer.TryGetProperty("reason", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.ReplaceLineEndings(" ").Trim() : "";
        return reason.Length == 0 ? null : reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";
    }
}
