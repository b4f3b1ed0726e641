using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using WeatherAgent.Model;
using WeatherAgent.Screen;

namespace WeatherAgent;

/// <summary>Declares the arguments and says what they mean.</summary>
internal static class CommandLine
{
    private const string Anthropic = "anthropic";
    private const string OpenAI = "openai";
    private const string OpenAIRaw = "openai-raw";
    private const string DefaultDatabase = "weather.db";

    private static readonly string[] DefaultQuestions =
        ["What is the weather in Oslo?", "Where should I spend tomorrow, in Oslo or in Lisbon?"];

    public static RootCommand Create(Terminal terminal)
    {
        var questions = new Option<string[]>("--question")
        {
            HelpName = "TEXT",
            Description = "Asks this instead of the two questions built in; repeat it for more turns.",
        };
        var provider = new Option<Provider>("--provider")
        {
            HelpName = $"{Anthropic}|{OpenAI}|{OpenAIRaw}",
            Description = "Who is asked: Anthropic or OpenAI through a chat client, or OpenAI through its SDK as it is. Otherwise Anthropic.",
            CustomParser = ParseProvider,
        };
        var model = new Option<string>("--model")
        {
            HelpName = "NAME",
            Description = $"The model. Otherwise {DefaultModelOf(Provider.Anthropic)}, or {DefaultModelOf(Provider.OpenAIRaw)} of OpenAI.",
        };
        var noStream = new Option<bool>("--no-stream") { Description = "Waits for whole answers instead of streaming them." };
        var receipt = new Option<bool>("--receipt") { Description = "Also shows the receipt of each model call: how its cost came about." };
        var budget = new Option<decimal?>("--budget")
        {
            HelpName = "USD",
            Description = "Refuses model calls that the conversation has no money left for, for example 0.01.",
            CustomParser = ParseBudget,
        };
        var log = new Option<string>("--log") { HelpName = "FILE", Description = "Also keeps events and costs in a tamper-evident log, a SQLite file." };
        var conversation = new Option<string>("--conversation")
        {
            HelpName = "NAME",
            Description = "Keeps the conversation under a name, in a SQLite file: the next run with that name goes on where this one ends.",
        };
        var database = new Option<string>("--db") { HelpName = "FILE", Description = $"The file that conversations are kept in. Otherwise {DefaultDatabase}, or that of --log." };
        var events = new Option<bool>("--events") { Description = "Lists the events in the log instead of asking anything." };
        var verify = new Option<bool>("--verify") { Description = "Verifies the log instead of asking anything; exits with 1 when something is not as it was written." };
        var otlp = new Option<Uri?>("--otlp")
        {
            HelpName = "URL",
            Description = "Also sends the spans over OTLP/HTTP, for example to Phoenix at http://localhost:6006.",
            CustomParser = ParseEndpoint,
        };
        var dashboard = new Option<bool>("--dashboard") { Description = "Also serves the dashboard on this machine, until Ctrl+C: the same traces and costs in a browser." };
        var spans = new Option<string>("--spans") { HelpName = "FILE", Description = "Also writes every finished span to a file, as one JSON object a line." };

        foreach (var text in new Option[] { questions, model, log, spans, conversation, database })
        {
            text.Validators.Add(RefuseEmpty);
        }

        var command = new RootCommand(
            "A weather assistant that streams and calls tools, observed by AiObs. It talks to a scripted model on this machine, or with "
            + "ANTHROPIC_API_KEY or OPENAI_API_KEY set to the real service. What is said is recorded on the spans.")
        {
            questions, provider, model, noStream, receipt, budget, log, events, verify, conversation, database, otlp, spans, dashboard,
        };
        command.Validators.Add(arguments =>
        {
            if ((arguments.GetValue(events) || arguments.GetValue(verify)) && arguments.GetValue(log) is null)
            {
                arguments.AddError("--events and --verify need the log: add --log FILE.");
            }

            if (arguments.GetValue(database) is not null && (arguments.GetValue(conversation) is null || arguments.GetValue(log) is not null))
            {
                arguments.AddError("--db says where --conversation NAME is kept, and with --log FILE that is the log.");
            }

            if (arguments.GetValue(conversation) is not null && arguments.GetResult(provider) is { Errors: var errors } && !errors.Any() && arguments.GetValue(provider) == Provider.OpenAIRaw)
            {
                arguments.AddError($"--conversation needs a chat client, which {OpenAIRaw} does without.");
            }
        });
        command.SetAction((arguments, cancellationToken) => arguments.GetValue(log) is { } path && (arguments.GetValue(events) || arguments.GetValue(verify))
            ? new LogInspection(terminal).RunAsync(path, arguments.GetValue(events), arguments.GetValue(verify), cancellationToken)
            : new WeatherRun(terminal).RunAsync(
                new RunOptions
                {
                    Questions = arguments.GetValue(questions) is { Length: > 0 } asked ? asked : DefaultQuestions,
                    Provider = arguments.GetValue(provider),
                    Model = arguments.GetValue(model) ?? DefaultModelOf(arguments.GetValue(provider)),
                    Streams = !arguments.GetValue(noStream),
                    ShowsReceipts = arguments.GetValue(receipt),
                    Budget = arguments.GetValue(budget),
                    OtlpEndpoint = arguments.GetValue(otlp),
                    LogFile = arguments.GetValue(log),
                    SpansFile = arguments.GetValue(spans),
                    Conversation = arguments.GetValue(conversation),
                    Database = arguments.GetValue(log) ?? arguments.GetValue(database) ?? (arguments.GetValue(conversation) is null ? null : DefaultDatabase),
                    ShowsDashboard = arguments.GetValue(dashboard),
                },
            cancellationToken));

        return command;
    }

    private static string DefaultModelOf(Provider provider) => provider == Provider.Anthropic ? "claude-sonnet-4-5" : "gpt-4o";

    private static void RefuseEmpty(OptionResult option)
    {
        if (option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            option.AddError($"{option.Option.Name} must not be empty.");
        }
    }

    private static Provider ParseProvider(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (text is not (Anthropic or OpenAI or OpenAIRaw))
        {
            argument.AddError($"'{text}' is not a provider: --provider needs {Anthropic}, {OpenAI} or {OpenAIRaw}.");
        }

        return text switch
        {
            OpenAI => Provider.OpenAI,
            OpenAIRaw => Provider.OpenAIRaw,
            _ => Provider.Anthropic,
        };
    }

    private static decimal? ParseBudget(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var budget) || budget <= 0)
        {
            argument.AddError($"'{text}' is not an amount of money: --budget needs one in USD, such as 0.01.");

            return null;
        }

        return budget;
    }

    /// <summary>Reads an address; one without a path gets the path that OTLP has for spans.</summary>
    private static Uri? ParseEndpoint(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            argument.AddError($"'{text}' is not an address: --otlp needs one like http://localhost:4318.");

            return null;
        }

        return endpoint.AbsolutePath == "/" ? new Uri(endpoint, "/v1/traces") : endpoint;
    }
}
