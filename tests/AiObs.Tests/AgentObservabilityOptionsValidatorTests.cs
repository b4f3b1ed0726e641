using Microsoft.Extensions.Options;

namespace AiObs.Tests;

public sealed class AgentObservabilityOptionsValidatorTests
{
    public static TheoryData<Action<AgentObservabilityOptions>, string> Mistakes => new()
    {
        { o => o.SourceName = " ", "AgentObservability:SourceName is empty. Give the activity source a name, or leave the option out to get 'AiObs'." },
        { o => o.Conventions = (SpanConventions)8, "AgentObservability:Conventions has the unknown value 8. Use GenAI, OpenInference, All or None." },
        { o => o.Conventions = SpanConventions.None, "AgentObservability:Conventions is None and no convention was added, so spans would be empty. Choose GenAI, OpenInference or All, or call AddConvention." },
        { o => o.CaptureContent = (ContentCapture)4, "AgentObservability:CaptureContent has the unknown value 4. Use None, Spans, Events or All." },
        { o => o.GenAIProfile = (GenAIProfile)9, "AgentObservability:GenAIProfile has the unknown value 9. Use V1_41 or Latest." },
        { o => o.Privacy.Base64ImageMaxLength = -1, "AgentObservability:Privacy:Base64ImageMaxLength is -1. Give a number of characters from 0 up." },
        { o => o.Privacy.MaxMessages = 0, "AgentObservability:Privacy:MaxMessages is 0. Give a number of messages from 1 up, or null for all." },
        { o => o.Privacy.MaxContentLength = 15, "AgentObservability:Privacy:MaxContentLength is 15. Give a number of characters from 16 up." },
        { o => o.Privacy.RedactionRules = (RedactionRules)1024, "AgentObservability:Privacy:RedactionRules has the unknown value 1024. Combine the named rules, or use All or None." },
        { o => o.Privacy.RedactionRulesByKind[RedactionKind.Tag] = (RedactionRules)1024, "AgentObservability:Privacy:RedactionRulesByKind has the unknown entry Tag = 1024. Use a named kind, and combine the named rules." },
        { o => o.CallbackTimeout = TimeSpan.Zero, "AgentObservability:CallbackTimeout is 00:00:00. Give a time from 10 milliseconds to 1 minute." },
        { o => o.Privacy.UserIdHashKey = "short", "AgentObservability:Privacy:UserIdHashKey has 5 characters. A key that cannot be guessed has at least 16." },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Create_Mistake_SaysWhatIsWrongAndWhatToDo(Action<AgentObservabilityOptions> mistake, string message)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => AgentObservability.Create(builder => builder.Configure(mistake)));

        Assert.Equal(message, Assert.Single(exception.Failures));
    }

    [Fact]
    public void Create_SeveralMistakes_NamesAllOfThem()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => AgentObservability.Create(builder => builder.Configure(o =>
        {
            o.SourceName = "";
            o.Privacy.MaxContentLength = 0;
        })));

        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public void Validate_EverythingAtItsLimit_Passes()
    {
        var options = new AgentObservabilityOptions
        {
            Privacy = { Base64ImageMaxLength = 0, MaxContentLength = 16, MaxMessages = 1, RedactionRules = RedactionRules.All, UserIdHashKey = new string('k', 16) },
        };

        Assert.True(new AgentObservabilityOptionsValidator().Validate(null, options).Succeeded);
    }
}
