using System.Diagnostics;
using OpenTelemetry;

namespace WeatherAgent.Telemetry;

/// <summary>Writes each span to a file as it ends, so that a run that fails leaves what it did until then.</summary>
internal sealed class SpanFile(string path) : BaseProcessor<Activity>
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(path) { AutoFlush = true, NewLine = "\n" };

    /// <summary>Gets why the file is not complete; null when it is.</summary>
    public string? Error { get; private set; }

    public override void OnEnd(Activity data)
    {
        lock (_gate)
        {
            if (Error is null)
            {
                Write(SpanJson.Of(data));
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        // A file that could not be written would fail again.
        if (disposing && Error is null)
        {
            _writer.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Write(string line)
    {
        try
        {
            _writer.WriteLine(line);
        }
        catch (IOException exception)
        {
            // A full disk must not end the conversation.
            Error = exception.Message;
        }
    }
}
