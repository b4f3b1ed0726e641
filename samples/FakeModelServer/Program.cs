using FakeModelServer;

await using var server = await FakeServer.StartAsync();
