/** What an empty page offers to look at. */

const TASK = `{
  "family": "shop-web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "4096",
  "executionRoleArn": "arn:aws:iam::100200300400:role/ecsTaskExecutionRole",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "100200300400.dkr.ecr.eu-west-1.amazonaws.com/shop/web:latest",
      "portMappings": [{ "containerPort": 8080, "hostPort": 80 }],
      "environment": [{ "name": "PORT", "value": 8080 }],
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
          "awslogs-group": "/ecs/shop-web",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "web"
        }
      }
    }
  ],
  "tags": []
}
`;

const SERVICE = `{
  "serviceName": "web",
  "cluster": "shop",
  "taskDefinition": "shop-web",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "networkConfiguration": {
    "awsvpcConfiguration": {
      "subnets": ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"],
      "securityGroups": ["sg-0123456789abcdef0"]
    }
  },
  "loadBalancers": [
    {
      "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:100200300400:targetgroup/web/0123456789abcdef",
      "containerName": "nginx",
      "containerPort": 8080
    }
  ]
}
`;

export const EXAMPLES = {
  task: [{ name: "task-definition.json", text: TASK }],
  project: [
    { name: "service.json", text: SERVICE },
    { name: "task-definition.json", text: TASK },
  ],
};
