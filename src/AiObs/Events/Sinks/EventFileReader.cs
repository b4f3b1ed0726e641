using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace AiObs.Events.Sinks;

/// <summary>Reads the files that <see cref="JsonLinesFileSink"/> writes.</summary>
internal static class EventFileReader
{
    public static async IAsyncEnumerable<AgentEvent> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in EventFileName.Find(path))
        {
            var stream = new FileStream(name.In(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var reader = PipeReader.Create(stream);
            await foreach (var item in ReadLinesAsync(reader, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<AgentEvent> ReadLinesAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            ReadResult read;
            do
            {
                read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var rest = read.Buffer;
                while (TakeLine(ref rest, read.IsCompleted) is { } line)
                {
                    if (AgentEventJson.Read(line) is { } item)
                    {
                        yield return item;
                    }
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes the next line; the last one may lack its end.</summary>
    private static byte[]? TakeLine(ref ReadOnlySequence<byte> rest, bool isWhole)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }

        if (!isWhole || rest.IsEmpty)
        {
            return null;
        }

        var last = rest.ToArray();
        rest = rest.Slice(rest.End);
        return last;
    }
}
