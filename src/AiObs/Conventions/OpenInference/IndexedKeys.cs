using System.Globalization;
using System.Numerics;

namespace AiObs.Conventions.OpenInference;

/// <summary>The keys <c>{prefix}.{index}.{leaf}</c> of one list; the first <paramref name="capacity"/> are built once and then shared by all spans.</summary>
internal sealed class IndexedKeys(string prefix, string leaf, int capacity)
{
    private string?[] _keys = [];

    public string this[int index]
    {
        get
        {
            var keys = _keys;
            return index < keys.Length ? keys[index] ??= Build(index) : BuildFurther(index);
        }
    }

    /// <summary>Builds a key for a longer list than any before it. Where two callers do so at once, keys of one of them are built again later.</summary>
    private string BuildFurther(int index)
    {
        if (index >= capacity)
        {
            return Build(index);
        }

        var keys = _keys;
        Array.Resize(ref keys, Math.Min(capacity, (int)BitOperations.RoundUpToPowerOf2((uint)index + 1)));
        var key = keys[index] = Build(index);
        _keys = keys;
        return key;
    }

    private string Build(int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{index}.{leaf}");
}
