using FakeModelServer.Hosting;

namespace FakeModelServer.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5005, "--port", "5005")]
    [InlineData(65535, "--port", "65535")]
    public void Parse_ValidArguments_GivesThePort(int expected, params string[] arguments)
    {
        var commandLine = CommandLine.Parse(arguments);

        Assert.Equal(new CommandLine(expected, WantsHelp: false, Error: null), commandLine);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Parse_Help_WantsHelp(string argument)
    {
        Assert.Equal(new CommandLine(Port: 0, WantsHelp: true, Error: null), CommandLine.Parse([argument]));
    }

    [Theory]
    [InlineData("--port needs a number.", "--port")]
    [InlineData("'abc' is not a port: it must be a number between 0 and 65535.", "--port", "abc")]
    [InlineData("'-1' is not a port: it must be a number between 0 and 65535.", "--port", "-1")]
    [InlineData("'65536' is not a port: it must be a number between 0 and 65535.", "--port", "65536")]
    [InlineData("Unknown argument '--verbose'.", "--verbose")]
    [InlineData("Unknown argument 'more'.", "--port", "1", "more")]
    [InlineData("Unknown argument '--port'.", "--help", "--port")]
    public void Parse_WrongArguments_SaysWhatIsWrong(string expected, params string[] arguments)
    {
        Assert.Equal(expected, CommandLine.Parse(arguments).Error);
    }
}
