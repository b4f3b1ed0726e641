using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Memory;

/// <summary>Shortens the results of tools in older turns, which are read once and sent with each later request.</summary>
/// <remarks>Results that are text or JSON are cut; others, such as images, stay. What is called and answered stays, so that the model knows what it has done.</remarks>
public sealed class ToolResultMemory : IMemoryStrategy
{
    private const string Cut = " … [shortened]";

    /// <summary>Initializes a new instance of the <see cref="ToolResultMemory"/> class.</summary>
    /// <param name="keepLastTurns">How many turns before the present one keep their results whole. The default is 2.</param>
    /// <param name="maxTokens">How many tokens a result of an older turn may take. The default is 200; with 0 nothing stays of it but a note.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 0.</exception>
    public ToolResultMemory(int keepLastTurns = 2, int maxTokens = 200)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keepLastTurns);
        ArgumentOutOfRangeException.ThrowIfNegative(maxTokens);
        KeepLastTurns = keepLastTurns;
        MaxTokens = maxTokens;
    }

    /// <summary>Gets how many turns before the present one keep their results whole.</summary>
    public int KeepLastTurns { get; }

    /// <summary>Gets how many tokens a result of an older turn may take.</summary>
    public int MaxTokens { get; }

    /// <inheritdoc/>
    public string Name => "tool_results";

    /// <inheritdoc/>
    public ValueTask ApplyAsync(MemoryWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        foreach (var group in work.Groups)
        {
            if (group is not { Kind: MessageGroupKind.ToolCalls, CanDrop: true } || group.TurnsAgo <= KeepLastTurns)
            {
                continue;
            }

            ChatMessage[] shorter = [.. group.Messages.Select(message => Shorten(message, work))];
            if (shorter.Where((message, index) => message != group.Messages[index]).Any())
            {
                work.Trim(group, shorter, FormattableString.Invariant($"tool results that are more than {KeepLastTurns} turns old are cut to {MaxTokens:N0} tokens"));
            }
        }

        return default;
    }

    private ChatMessage Shorten(ChatMessage message, MemoryWork work)
    {
        AIContent[]? contents = null;
        for (var index = 0; index < message.Contents.Count; index++)
        {
            if (message.Contents[index] is FunctionResultContent result && Shorten(result, work) is { } shorter)
            {
                contents ??= [.. message.Contents];
                contents[index] = new FunctionResultContent(result.CallId, shorter) { AdditionalProperties = result.AdditionalProperties };
            }
        }

        return contents is null ? message : new(message.Role, [.. contents])
        {
            AuthorName = message.AuthorName,
            CreatedAt = message.CreatedAt,
            MessageId = message.MessageId,
            AdditionalProperties = message.AdditionalProperties,
        };
    }

    /// <summary>Returns the text of a result cut to size; <see langword="null"/> where it fits, or is no text.</summary>
    private string? Shorten(FunctionResultContent result, MemoryWork work)
    {
        var text = result.Result switch
        {
            string value => value,
            JsonElement { ValueKind: JsonValueKind.String } value => value.GetString()!,
            JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array } value => value.GetRawText(),
            _ => null,
        };
        if (text is null || text.Length <= Cut.Length || TokensOf(text) <= MaxTokens)
        {
            return null;
        }

        // Tokens are spread unevenly: what is still too long is cut again, until nothing but the note is left.
        var length = text.Length - Cut.Length;
        while (length > 0 && TokensOf(text[..length] + Cut) is var tokens && tokens > MaxTokens)
        {
            length = (int)Math.Min(length * 9L / 10, (long)length * MaxTokens / tokens);
        }

        return (length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length]) + Cut;

        int TokensOf(string value) => work.CountTokens(new(ChatRole.Tool, [new FunctionResultContent(result.CallId, value)]));
    }
}
