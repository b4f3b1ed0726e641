using AiObs.Http.Calls;

namespace AiObs.OpenAI.Tests.Pipeline;

public sealed class ModelAddressTests
{
    [Theory]
    [InlineData("GET", "/v1/responses/resp_1", "resp_1")]
    [InlineData("GET", "/openai/v1/responses/resp_1?stream=true", "resp_1")]
    [InlineData("GET", "/v1/responses/resp%5F1", "resp_1")]
    [InlineData("POST", "/v1/responses/resp_1/cancel", "resp_1")]
    [InlineData("GET", "/v1/responses/resp_1/cancel", null)]
    [InlineData("POST", "/v1/responses/resp_1", null)]
    [InlineData("DELETE", "/v1/responses/resp_1", null)]
    [InlineData("GET", "/v1/responses/resp_1/input_items", null)]
    [InlineData("GET", "/v1/responses/", null)]
    [InlineData("POST", "/v1/responses/cancel", null)]
    [InlineData("GET", "/v1/responses", null)]
    [InlineData("GET", "/", null)]
    public void Of_RequestForAResponse_TakesItsId(string method, string path, string? id)
    {
        var address = new Uri($"https://api.openai.com{path}");

        var read = ModelAddress.Of(method, address, awaitsResponses: true);

        Assert.Equal((id is null ? ModelApi.None : ModelApi.StoredResponse, id), (read.Api, read.ResponseId));
        Assert.Equal(default, ModelAddress.Of(method, address, awaitsResponses: false));
    }
}
