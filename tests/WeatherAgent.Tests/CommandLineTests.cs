namespace WeatherAgent.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Unrecognized command or argument '--verbose'.", "--verbose")]
    [InlineData("Unrecognized command or argument 'more'.", "more")]
    [InlineData("Required argument missing for option: '--otlp'.", "--otlp")]
    [InlineData("'abc' is not an address: --otlp needs one like http://localhost:4318.", "--otlp", "abc")]
    [InlineData("'ftp://localhost' is not an address: --otlp needs one like http://localhost:4318.", "--otlp", "ftp://localhost")]
    [InlineData("Required argument missing for option: '--spans'.", "--spans")]
    [InlineData("--spans must not be empty.", "--spans", "")]
    [InlineData("--question must not be empty.", "--question", "Rain?", "--question", " ")]
    [InlineData("--model must not be empty.", "--model", "")]
    [InlineData("'gemini' is not a provider: --provider needs anthropic, openai or openai-raw.", "--provider", "gemini")]
    [InlineData("--events and --verify need the log: add --log FILE.", "--verify")]
    [InlineData("--events and --verify need the log: add --log FILE.", "--events")]
    [InlineData("--log must not be empty.", "--log", "")]
    [InlineData("'abc' is not an amount of money: --budget needs one in USD, such as 0.01.", "--budget", "abc")]
    [InlineData("'0' is not an amount of money: --budget needs one in USD, such as 0.01.", "--budget", "0")]
    [InlineData("'-1' is not an amount of money: --budget needs one in USD, such as 0.01.", "--budget", "-1")]
    public async Task Run_WrongArguments_ExitsWithTwoAndSaysWhy(string expected, params string[] arguments)
    {
        var run = await WeatherCall.RunAsync(arguments);

        Assert.Equal((2, "", $"{expected} Try --help."), (run.ExitCode, run.Output, run.Error.TrimEnd()));
    }

    [Fact]
    public async Task Run_WrongArgumentsOfAProcess_ExitsWithTwoAndSaysWhy()
    {
        var run = await WeatherProcess.RunAsync("--verbose", "more");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal("Unrecognized command or argument '--verbose'. Unrecognized command or argument 'more'. Try --help.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task Run_Help_ExitsWithZeroAndExplainsEveryOption()
    {
        var run = await WeatherProcess.RunAsync("--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(
            ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "--question <TEXT>", "--provider <anthropic|openai|openai-raw>", "--model <NAME>", "--no-stream", "--receipt", "--budget <USD>", "--log <FILE>", "--events", "--verify", "--otlp <URL>", "--spans <FILE>", "--dashboard"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }
}
