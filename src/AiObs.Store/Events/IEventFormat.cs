using System.Buffers;

namespace AiObs.Store.Events;

/// <summary>Writes events as text.</summary>
internal interface IEventFormat
{
    /// <summary>Writes what stands before the first event.</summary>
    void WriteHeader(IBufferWriter<byte> output);

    /// <summary>Writes an event with the end of its line.</summary>
    void Write(IBufferWriter<byte> output, LoggedEvent logged);
}
