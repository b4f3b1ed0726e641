using System.Collections;

namespace AiObs.Operations;

/// <summary>The messages of a chat, or the values to embed, that are no list: handed on as they are, and known as far as the model has read them.</summary>
/// <remarks>They may be endless, or throw behind what a model reads. What was read once is not read again, whoever asks, unless its reader left it early.</remarks>
/// <typeparam name="T">What they are.</typeparam>
internal sealed class RequestSequence<T>(IEnumerable<T> source) : IEnumerable<T>, IRequestSequence
{
    /// <summary>How many are read before the model reads them, where a gate has to know what is asked.</summary>
    public const int MostAhead = 1_000;

    // Who reads on holds the one, for as long as the sequence takes; who looks at what was read the other, and waits for nobody.
    private readonly Lock _reading = new();
    private readonly Lock _looking = new();
    private readonly List<T> _read = [];
    private IEnumerator<T>? _rest;
    private bool _isEnded;
    private int _readers;
    private int _handedOn;

    /// <summary>Gets what the model has read so far.</summary>
    public IList<T> HandedOn
    {
        get
        {
            lock (_looking)
            {
                return _read.GetRange(0, _handedOn);
            }
        }
    }

    object IRequestSequence.HandedOn => HandedOn;

    /// <summary>Returns a list as it is, and everything else as a sequence that tells what was read of it.</summary>
    public static IEnumerable<T> Of(IEnumerable<T> items) =>
        items is IList<T> or RequestSequence<T> ? items : new RequestSequence<T>(items);

    /// <summary>Reads what is to be known of a sequence that no model reads, at most <see cref="MostAhead"/>.</summary>
    public static IList<T> Head(IEnumerable<T> items)
    {
        var sequence = new RequestSequence<T>(items);
        var head = sequence.ReadAhead();
        sequence.Leave();
        return head;
    }

    /// <summary>Reads what is to be known before the model reads it, at most <see cref="MostAhead"/>. What the sequence throws is left to the model.</summary>
    public IList<T> ReadAhead()
    {
        lock (_reading)
        {
            try
            {
                while (_read.Count < MostAhead && ReadNext())
                {
                    // There it is.
                }
            }
#pragma warning disable CA1031 // It is thrown again where the model reads that far, if it does.
            catch (Exception)
#pragma warning restore CA1031
            {
                Close();
            }

            return [.. _read];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        lock (_reading)
        {
            _readers++;
        }

        try
        {
            for (var i = 0; TryGet(i, out var item); i++)
            {
                yield return item;
            }
        }
        finally
        {
            lock (_reading)
            {
                if (--_readers == 0)
                {
                    Close();
                }
            }
        }
    }

    object IRequestSequence.ReadAhead() => ReadAhead();

    /// <inheritdoc/>
    public void Leave()
    {
        lock (_reading)
        {
            if (_readers == 0)
            {
                Close();
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryGet(int index, out T item)
    {
        lock (_reading)
        {
            if (index == _read.Count && !ReadNext())
            {
                item = default!;
                return false;
            }

            lock (_looking)
            {
                _handedOn = Math.Max(_handedOn, index + 1);
            }

            item = _read[index];
            return true;
        }
    }

    private bool ReadNext()
    {
        if (_isEnded)
        {
            return false;
        }

        var rest = _rest ?? Reopen();
        if (rest.MoveNext())
        {
            var item = rest.Current;
            lock (_looking)
            {
                _read.Add(item);
            }

            return true;
        }

        _isEnded = true;
        Close();
        return false;
    }

    /// <summary>Opens the sequence where it was left.</summary>
    private IEnumerator<T> Reopen()
    {
        _rest = source.GetEnumerator();
        for (var i = 0; i < _read.Count && _rest.MoveNext(); i++)
        {
            // Known already.
        }

        return _rest;
    }

    private void Close()
    {
        var rest = _rest;
        _rest = null;
        rest?.Dispose();
    }
}
