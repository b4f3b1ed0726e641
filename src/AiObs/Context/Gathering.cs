using System.Collections.Concurrent;

namespace AiObs;

/// <summary>Gathers what is told within a flow, such as that of a turn; a flow around it gathers the same.</summary>
/// <typeparam name="T">What is told.</typeparam>
internal sealed class Gathering<T> : IDisposable
{
    private static readonly AsyncLocal<Gathering<T>?> Ambient = new();

    private readonly Gathering<T>? _outer = Ambient.Value;
    private readonly ConcurrentQueue<T> _items = new();

    private Gathering()
    {
    }

    /// <summary>Gets what was told so far, in its order.</summary>
    public IReadOnlyList<T> Items => [.. _items];

    /// <summary>Gathers from now on, in this flow and in those that it starts.</summary>
    public static Gathering<T> Begin() => Ambient.Value = new();

    /// <summary>Tells those who gather in this flow.</summary>
    public static void Add(T item)
    {
        for (var gathering = Ambient.Value; gathering is not null; gathering = gathering._outer)
        {
            gathering._items.Enqueue(item);
        }
    }

    /// <summary>Gathers no longer in this flow.</summary>
    public void Dispose() => Ambient.Value = _outer;
}
