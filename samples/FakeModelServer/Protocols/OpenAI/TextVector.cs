using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Makes vectors from texts: equal texts have equal vectors, in every run.</summary>
internal static class TextVector
{
    private const int DefaultDimensions = 8;
    private const int MaxDimensions = 4_096;

    public static IReadOnlyList<IReadOnlyList<float>> CreateAll(ModelRequest request)
    {
        var dimensions = ReadDimensions(request.Body["dimensions"]);

        return [.. request.Inputs.Select(text => Create(text, dimensions))];
    }

    private static int ReadDimensions(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out int dimensions)
            ? Math.Clamp(dimensions, 1, MaxDimensions)
            : DefaultDimensions;

    private static float[] Create(string text, int dimensions)
    {
        var vector = new float[dimensions];

        for (var index = 0; index < dimensions; index++)
        {
            vector[index] = (Hash(text, index) / (float)uint.MaxValue) - 0.5f;
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));

        return [.. vector.Select(value => value / length)];
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static uint Hash(string text, int seed)
    {
        var hash = unchecked((2_166_136_261u ^ (uint)seed) * 16_777_619u);

        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16_777_619u);
        }

        return hash;
    }
}
