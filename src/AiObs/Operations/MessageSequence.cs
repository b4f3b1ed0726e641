using System.Collections;
using Microsoft.Extensions.AI;

namespace AiObs.Operations;

/// <summary>A sequence of messages that is no list: handed on as it is, and known as far as the model has read it.</summary>
/// <remarks>It may be endless, or throw behind what a model reads. What was read once is not read again, whoever asks, unless its reader left it early.</remarks>
internal sealed class MessageSequence(IEnumerable<ChatMessage> source) : IEnumerable<ChatMessage>
{
    /// <summary>How many messages are read before the model reads them, where a gate has to know what is asked.</summary>
    public const int MostAhead = 1_000;

    // Who reads on holds the one, for as long as the sequence takes; who looks at what was read the other, and waits for nobody.
    private readonly Lock _reading = new();
    private readonly Lock _looking = new();
    private readonly List<ChatMessage> _read = [];
    private IEnumerator<ChatMessage>? _rest;
    private bool _isEnded;
    private int _readers;
    private int _handedOn;

    /// <summary>Gets what the model has read so far.</summary>
    public IList<ChatMessage> HandedOn
    {
        get
        {
            lock (_looking)
            {
                return _read.GetRange(0, _handedOn);
            }
        }
    }

    /// <summary>Returns a list as it is, and everything else as a sequence that tells what was read of it.</summary>
    public static IEnumerable<ChatMessage> Of(IEnumerable<ChatMessage> messages) =>
        messages is IList<ChatMessage> or MessageSequence ? messages : new MessageSequence(messages);

    /// <summary>Reads what is to be known before the model reads it, at most <see cref="MostAhead"/> messages. What the sequence throws is left to the model.</summary>
    public IList<ChatMessage> ReadAhead()
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

    public IEnumerator<ChatMessage> GetEnumerator()
    {
        lock (_reading)
        {
            _readers++;
        }

        try
        {
            for (var i = 0; TryGet(i, out var message); i++)
            {
                yield return message;
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

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool TryGet(int index, out ChatMessage message)
    {
        lock (_reading)
        {
            if (index == _read.Count && !ReadNext())
            {
                message = null!;
                return false;
            }

            lock (_looking)
            {
                _handedOn = Math.Max(_handedOn, index + 1);
            }

            message = _read[index];
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
            var message = rest.Current;
            lock (_looking)
            {
                _read.Add(message);
            }

            return true;
        }

        _isEnded = true;
        Close();
        return false;
    }

    /// <summary>Opens the sequence where it was left.</summary>
    private IEnumerator<ChatMessage> Reopen()
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
