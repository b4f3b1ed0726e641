using System.Globalization;

namespace FakeModelServer.Hosting;

/// <summary>Is what the arguments of the stand-alone server mean.</summary>
internal sealed record CommandLine(int Port, bool WantsHelp, string? Error)
{
    public const string Usage = """
        Serves the protocols of OpenAI, Anthropic and Ollama on a loopback port, with replies that you script. Needs no key.

        Usage: FakeModelServer [--port PORT]

          --port PORT   the loopback port, 0 for any free one (default: 0)
          --help        shows this text

        Served:    POST /v1/chat/completions   POST /v1/responses   POST /v1/embeddings   POST /v1/messages
                   POST /api/chat              POST /api/embed
        Scripting: POST /_script     queues one reply, or an array of them, as JSON
                   GET  /_requests   lists what was received

        Example: curl http://127.0.0.1:5005/_script --json '{"text": ["Sunny ", "today."], "usage": {"inputTokens": 12, "outputTokens": 4}}'
        """;

    public static CommandLine Parse(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => new CommandLine(Port: 0, WantsHelp: false, Error: null),
        ["--help" or "-h"] => new CommandLine(Port: 0, WantsHelp: true, Error: null),
        ["--port"] => Wrong("--port needs a number."),
        ["--port", var port] when TryParsePort(port, out var number) => new CommandLine(number, WantsHelp: false, Error: null),
        ["--port", var port] => Wrong($"'{port}' is not a port: it must be a number between 0 and 65535."),
        ["--port", _, var unknown, ..] => Wrong($"Unknown argument '{unknown}'."),
        ["--help" or "-h", var unknown, ..] => Wrong($"Unknown argument '{unknown}'."),
        [var unknown, ..] => Wrong($"Unknown argument '{unknown}'."),
    };

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    private static CommandLine Wrong(string error) => new(Port: 0, WantsHelp: false, error);
}
