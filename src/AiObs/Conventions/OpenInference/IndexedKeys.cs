using System.Globalization;

namespace AiObs.Conventions.OpenInference;

/// <summary>The keys <c>{prefix}.{index}.{leaf}</c> of one list; the first <paramref name="capacity"/> are built once and then shared by all spans.</summary>
internal sealed class IndexedKeys(string prefix, string leaf, int capacity)
{
    private readonly string?[] _keys = new string?[capacity];

    public string this[int index] => index >= _keys.Length
        ? Build(index)
        : _keys[index] ??= Build(index);

    private string Build(int index) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{index}.{leaf}");
}
