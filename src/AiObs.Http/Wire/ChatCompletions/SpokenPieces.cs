using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.ChatCompletions;

/// <summary>Puts the audio of an answer together, which a stream brings in pieces, each encoded by itself.</summary>
internal sealed class SpokenPieces
{
    /// <summary>What is longer is not kept, as no answer is read that is longer and comes at once.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly MemoryStream _bytes = new();
    private bool _isTooLong;

    /// <summary>Adds a piece; one that is badly encoded is left out: who reads the stream will say so.</summary>
    public void Add(string base64)
    {
        var piece = new byte[base64.Length];
        if (_isTooLong || !Convert.TryFromBase64String(base64, piece, out var length))
        {
            return;
        }

        if (_bytes.Length + length > MaxLength)
        {
            _isTooLong = true;
            _bytes.SetLength(0);
            return;
        }

        _bytes.Write(piece, 0, length);
    }

    /// <summary>Returns the whole; <see langword="null"/> where nothing came, or too much.</summary>
    public AIContent? ToContent() =>
        _bytes.Length == 0 ? null : MediaReading.SpokenAudio(Convert.ToBase64String(_bytes.GetBuffer(), 0, (int)_bytes.Length));
}
