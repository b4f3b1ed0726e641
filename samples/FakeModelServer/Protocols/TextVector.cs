using System.Text.Json;
using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Makes vectors of length one from texts: equal texts have equal vectors, in every run.</summary>
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
        var state = Hash(text);

        for (var index = 0; index < dimensions; index++)
        {
            state = Next(state);
            vector[index] = (state / (float)uint.MaxValue) - 0.5f;
        }

        var length = MathF.Sqrt(vector.Sum(value => value * value));

        return [.. vector.Select(value => value / length)];
    }

    // FNV-1a, since string.GetHashCode differs from process to process. The generator below must not start at zero.
    private static uint Hash(string text) =>
        text.Aggregate(2_166_136_261u, (hash, character) => unchecked((hash ^ character) * 16_777_619u)) | 1u;

    // One step of a 32-bit xorshift generator.
    private static uint Next(uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;

        return state ^ (state << 5);
    }
}
