using System.Buffers;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.ChatCompletions;

/// <summary>Puts the audio of an answer together, which a stream brings in pieces, each encoded by itself.</summary>
internal sealed class SpokenPieces
{
    /// <summary>What is longer is not kept, as no answer is read that is longer and comes at once.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private bool _isTooLong;

    /// <summary>Adds a piece; one that is badly encoded is left out: who reads the stream will say so.</summary>
    public void Add(string base64)
    {
        if (_isTooLong || !Convert.TryFromBase64String(base64, _bytes.GetSpan(base64.Length), out var length))
        {
            return;
        }

        if (_bytes.WrittenCount + length > MaxLength)
        {
            _isTooLong = true;
            _bytes.ResetWrittenCount();
            return;
        }

        _bytes.Advance(length);
    }

    /// <summary>Returns the whole; <see langword="null"/> where nothing came, or too much.</summary>
    public AIContent? ToContent() => _bytes.WrittenCount == 0 ? null : MediaReading.SpokenAudio(Convert.ToBase64String(_bytes.WrittenSpan));
}
