using System.ClientModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AiObs.Guardrails;
using FakeModelServer;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AiObs.Benchmarks.Guardrails;

/// <summary>What a guarded stream takes against the same stream without a guard; exits with 1 when it takes more than twice as long.</summary>
/// <remarks>The stream is one of the OpenAI SDK from a server on the same machine that never waits: no model is as fast. Both are read in turn.</remarks>
internal static partial class GuardrailRun
{
    private const int Updates = 200;
    private const int WarmUps = 50;
    private const int Rounds = 101;
    private const double Most = 2;

    public static async Task<int> ExecuteAsync(TextWriter output)
    {
        var reply = ModelReply.Say([.. Enumerable.Range(0, Updates).Select(static number => number.ToString("'word '000' '", CultureInfo.InvariantCulture))]);
        await using var server = await FakeServer.StartAsync(new() { Handler = _ => reply });
        var model = new OpenAIClient(new ApiKeyCredential("none"), new() { Endpoint = server.OpenAIBaseAddress }).GetChatClient("model").AsIChatClient();
        var guarded = model.AsBuilder().UseGuardrails(new GuardrailRule(new NumberGuardrail(), GuardrailMode.Redact)).Build();
        var (bare, own) = (new double[Rounds], new double[Rounds]);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (ofBare, ofOwn) = (await ReadAsync(model), await ReadAsync(guarded));
            if (round >= 0)
            {
                (bare[round], own[round]) = (ofBare, ofOwn);
            }
        }

        var ratio = MedianOf(own) / MedianOf(bare);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"stream of {Updates} updates with one redacting guardrail: {MedianOf(own):F2} ms, without {MedianOf(bare):F2} ms: x {ratio:F2}, at most {Most:F2}"));
        return ratio <= Most ? 0 : 1;
    }

    private static async Task<double> ReadAsync(IChatClient client)
    {
        var start = Stopwatch.GetTimestamp();
        var length = 0;
        await foreach (var update in client.GetStreamingResponseAsync("Go."))
        {
            length += update.Text.Length;
        }

        return length == Updates * 9 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException($"The stream had {length} characters.");
    }

    private static double MedianOf(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>Finds numbers that may be those of cards.</summary>
    private sealed partial class NumberGuardrail : IGuardrail
    {
        public string Name => "numbers";

        public GuardrailStages Stages => GuardrailStages.Output;

        public bool CanRedact => true;

        public int? LongestMatch => 24;

        public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
        {
            List<GuardrailHit> hits = [];
            for (var text = 0; text < request.Texts.Count; text++)
            {
                foreach (var match in Numbers().EnumerateMatches(request.Texts[text].Value))
                {
                    hits.Add(new("a number") { Text = text, Start = match.Index, Length = match.Length });
                }
            }

            return new(hits.Count == 0 ? GuardrailVerdict.Pass : new(hits));
        }

        [GeneratedRegex(@"\b\d(?:[ -]?\d){11,18}\b")]
        private static partial Regex Numbers();
    }
}
