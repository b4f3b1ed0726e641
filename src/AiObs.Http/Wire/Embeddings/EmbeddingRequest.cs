using System.Text.Json;
using AiObs.Embeddings;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Embeddings;

/// <summary>A request as an embedding generator would have got it.</summary>
/// <param name="Texts">The texts to embed; <see langword="null"/> where they come as tokens.</param>
/// <param name="Tokens">The tokens to embed, where they come as such.</param>
/// <param name="Options">The options.</param>
internal sealed record EmbeddingRequest(IList<string>? Texts, IList<int[]>? Tokens, EmbeddingGenerationOptions Options)
{
    public static EmbeddingRequest Read(JsonElement body, string? model)
    {
        var options = new EmbeddingGenerationOptions { ModelId = model, Dimensions = body.GetSmallCount("dimensions") is > 0 and var known ? known : null };
        if (body.GetName("encoding_format") is { } format)
        {
            options.AdditionalProperties = new() { [EmbeddingRecorder.EncodingFormatProperty] = format };
        }

        return body.Get("input") switch
        {
            { ValueKind: JsonValueKind.String } text => new([text.AsText() ?? ""], null, options),
            { ValueKind: JsonValueKind.Array } items when HoldsOnly(items, JsonValueKind.String) => new(
                [.. items.EnumerateArray().Select(static item => item.AsText() ?? "")], null, options),
            { ValueKind: JsonValueKind.Array } items when HoldsOnly(items, JsonValueKind.Number) => new(null, [TokensOf(items)], options),
            { ValueKind: JsonValueKind.Array } items => new(null, [.. items.EnumerateArray().Select(TokensOf)], options),
            _ => new([], null, options),
        };
    }

    private static bool HoldsOnly(JsonElement items, JsonValueKind kind)
    {
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != kind)
            {
                return false;
            }
        }

        return true;
    }

    private static int[] TokensOf(JsonElement item) => item.ValueKind == JsonValueKind.Array
        ? [.. item.EnumerateArray().Select(static token => token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) ? id : 0)]
        : [];
}
