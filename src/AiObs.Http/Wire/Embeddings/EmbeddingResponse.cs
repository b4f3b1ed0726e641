using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Embeddings;

/// <summary>Reads the embeddings of a response.</summary>
internal static class EmbeddingResponse
{
    /// <summary>Reads a response; without content, there are as many embeddings, and they are empty.</summary>
    public static GeneratedEmbeddings<Embedding<float>> Read(JsonElement body, bool keepsContent)
    {
        var model = body.GetText("model");
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var item in body.Items("data"))
        {
            embeddings.Add(new Embedding<float>(keepsContent ? VectorOf(item.Get("embedding")) : default) { ModelId = model });
        }

        if (body.Get("usage") is { } usage)
        {
            embeddings.Usage = new UsageDetails
            {
                InputTokenCount = usage.GetCount("prompt_tokens"),
                TotalTokenCount = usage.GetCount("total_tokens"),
            };
        }

        return embeddings;
    }

    private static float[] VectorOf(JsonElement? embedding) => embedding switch
    {
        { ValueKind: JsonValueKind.String } text when text.TryGetBytesFromBase64(out var bytes) => Decode(bytes),
        { ValueKind: JsonValueKind.Array } numbers => [.. numbers.EnumerateArray()
            .Select(static number => number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out var value) ? value : 0)],
        _ => [],
    };

    /// <summary>Reads single-precision numbers, which stand there with the lowest byte first.</summary>
    private static float[] Decode(byte[] bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return vector;
    }
}
