using System.Runtime.CompilerServices;

namespace AiObs.Operations.Content;

/// <summary>What a value that is being written stands in, from the outside in.</summary>
[InlineArray(ValueWriter.MaxDepth)]
internal struct Ancestors
{
    private object? _first;

    /// <summary>Tells whether a value stands in itself.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep it stands.</param>
    public bool Contain(object value, int depth)
    {
        for (var i = 0; i < depth; i++)
        {
            if (ReferenceEquals(this[i], value))
            {
                return true;
            }
        }

        return false;
    }
}
