using Microsoft.Extensions.AI;

namespace AiObs.Embeddings;

/// <summary>Reads the numbers of an embedding as doubles, the only floating-point array that every exporter knows.</summary>
internal static class VectorValues
{
    /// <summary>Returns the numbers; <see langword="null"/> for embeddings that are not made of floating-point numbers.</summary>
    public static double[]? Of(Embedding embedding) => embedding switch
    {
        Embedding<float> { Vector: var vector } => Convert(vector.Span, static value => value),
        Embedding<double> { Vector: var vector } => vector.ToArray(),
        Embedding<Half> { Vector: var vector } => Convert(vector.Span, static value => (double)value),
        _ => null,
    };

    private static double[] Convert<T>(ReadOnlySpan<T> values, Func<T, double> convert)
    {
        var result = new double[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = convert(values[i]);
        }

        return result;
    }
}
